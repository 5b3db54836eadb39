"""Do the claims K1 to K6 hold in their runs, and has the learner reached what a task asks?"""
