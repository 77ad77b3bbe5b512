"""The front: how bytes of phones and strangers become requests.

gunicorn manages the processes and calls the application; what stands here reads each
request whole before a thread is taken for it, and carries each answer out without one.
"""
