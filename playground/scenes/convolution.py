"""Do the claims C1 to C11 hold in their runs, and has the learner reached what a task asks?"""
