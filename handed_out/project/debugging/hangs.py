import faulthandler
import signal

faulthandler.register(signal.SIGUSR1)
