"""To Do: lists of tasks, their steps and what they are linked with."""
