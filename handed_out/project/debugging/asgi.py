from chat.trace import Trace

application = Trace(application)
