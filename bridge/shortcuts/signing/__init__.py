"""Have shortcuts signed by a Mac, and check what comes back.

An iPhone imports a file only when Apple's keys signed it, and those keys live on Macs.
So there is no signing here: three ways to ask a Mac (``sign_local``, ``sign_ssh``,
``sign_relay``), and one way to check the answer anywhere (``verify``).
"""
