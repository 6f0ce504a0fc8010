# For benchmarks with many containers: the same programs, one sleeping process that ends at once on TERM.
FROM asterisell-lab:packages
LABEL org.asterisell.lab="light"
ENTRYPOINT ["/usr/bin/tini", "--", "sleep", "infinity"]
