"""The use cases, one module each: only these join the steps to each other."""
