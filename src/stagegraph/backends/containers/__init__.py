"""What docker and buildah share: a plan is carried out step by step, each on a container of its own.

A container stands on the image of the step before; its files are changed, or a command runs in it,
and it becomes the image of the step. What is copied is worked out among trees of files, so that
every engine copies as the builder of the plan does.
"""
