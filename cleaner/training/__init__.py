"""Learn the weights of `cleaner.stages.boilerplate.judge` from labelled pages. For developers; numpy only."""
