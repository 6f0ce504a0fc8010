# Stands for the old tool's list of instances.
class Demo(object):
    name = 'demo'
    database_password = 'root'


all_instances = [Demo()]
