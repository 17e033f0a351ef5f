"""Manual task: done without the product's help; somebody says when it is done (BPMN 2.0.2 §10.3.4).

BPMN lets an engine pass it over. Here it waits like a user task without a form, so that the record says who did it.
"""

from huiqian.engine.behaviour import Behaviour
from huiqian.engine.elements import activity, user_task

MANUAL_TASK = Behaviour("manualTask", activity.enter, user_task.begin, user_task.answer)
