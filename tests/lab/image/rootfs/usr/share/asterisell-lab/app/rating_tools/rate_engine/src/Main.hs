-- Stand-in source: "stack build" of the lab makes a script of it.
main :: IO ()
main = putStrLn "stand-in rating engine"
