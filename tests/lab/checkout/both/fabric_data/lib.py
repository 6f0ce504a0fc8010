# Stands for the old tool's classes: what an instance is made of, and which upgrade jobs a release brings.
default_upgrade_jobs = ['Upgrade_2017_07_18']
