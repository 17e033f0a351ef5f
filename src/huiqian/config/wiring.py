"""Every wire of the house on one page: who does what a lower room asks for."""

from huiqian.base.ticks import every
from huiqian.base.wires import connect


def connect_all() -> None:
    """Connect each wire to its one hand."""
    _connect_effects()
    _connect_registers()
    _connect_surveys()
    _connect_proofing()
    _connect_jobs()


def _connect_effects() -> None:
    from huiqian.process import calls
    from huiqian.process import effects as process
    from huiqian.work import effects as work

    # What the engine asks for, by the effect's name.
    connect("effect:OpenTask", work.open_task)
    connect("effect:CancelTask", work.cancel_task)
    connect("effect:SetTimer", process.set_timer)
    connect("effect:CancelTimer", process.cancel_timer)
    connect("effect:Await", process.subscribe)
    connect("effect:Forget", process.unsubscribe)
    connect("effect:WriteVariable", process.write_variable)
    connect("effect:RunDecision", process.run_decision)
    connect("effect:RunService", process.run_service)
    connect("effect:CancelService", process.forget_service)
    connect("effect:RaiseIncident", process.raise_incident)
    connect("effect:ClearIncident", process.clear_incident)
    connect("effect:EndInstance", process.end_case)
    connect("effect:CallProcess", calls.call_process)
    connect("effect:CancelCall", calls.cancel_call)
    connect("effect:ThrowMessage", calls.throw_message)
    connect("effect:ThrowSignal", calls.throw_signal)

    # What a printed document asks of rooms above it.
    from huiqian.process.prints import sheet_of_version
    from huiqian.work.queries.prints import signatures_ahead

    connect("sheet_of_version", sheet_of_version)
    connect("signatures_ahead", signatures_ahead)

    # What expressions read that no form has answered.
    from huiqian.process.queries import processes_in_effect

    connect("variable:processes_in_effect", processes_in_effect)


def _connect_registers() -> None:
    """What forms and cases ask of the department's registers."""
    from huiqian.marketing import effects, queries
    from huiqian.work.effects import take_off
    from huiqian.work.rechecks import ask_recheck

    connect("register:customer", queries.customer_register)
    connect("register:product", queries.product_register)
    connect("register:stock_item", queries.stock_register)
    connect("register:event_template", queries.event_template_register)
    connect("register:research_report", queries.report_register)
    connect("ask_recheck", ask_recheck)
    connect("take_off", take_off)
    connect("operation:announce_prices", effects.announce_prices)
    connect("operation:publish_price_list", effects.publish_price_list)
    connect("require:price_list", effects.require_price_list)
    connect("operation:register_sales_plan", effects.register_sales_plan)
    connect("operation:register_actuals", effects.register_actuals)
    connect("operation:add_to_production_year", effects.add_to_production_year)
    connect("operation:take_into_stock", effects.take_into_stock)
    connect("operation:begin_event", effects.begin_event)
    connect("operation:enclose_report", effects.enclose_report)
    connect("operation:open_event_log", effects.open_event_log)
    connect("operation:close_event_log", effects.close_event_log)
    connect("operation:register_event_template", effects.register_event_template)
    connect("require:event_template", effects.require_event_template)
    connect("variable:event_log", effects.event_log)
    connect("variable:event_photos", effects.event_photos)
    connect("variable:template_content", effects.template_content)
    connect("require:open_month", effects.require_open_month)
    connect("variable:last_month_amounts", effects.last_month_amounts)
    connect("variable:production_year", effects.production_year)
    connect("variable:merged_plans", effects.merged_plans)
    connect("variable:missing_planners", effects.missing_planners)
    connect("variable:planned_amounts", effects.planned_amounts)
    connect("variable:planned_quantities", effects.planned_quantities)
    connect("variable:customer_names", effects.customer_names)
    connect("variable:product_names", effects.product_names)
    connect("variable:researched_prices", effects.researched_prices)
    connect("variable:list_prices", effects.list_prices)
    connect("variable:floor_prices", effects.floor_prices)


def _connect_surveys() -> None:
    """What processes ask of surveys, and what surveys ask of the tasks beside them."""
    from huiqian.surveys import effects
    from huiqian.surveys.rules import check_template
    from huiqian.work.queries.lookups import asked_at

    connect("survey_template", check_template)
    connect("begin:surveys", effects.begin_surveys)
    connect("asked_at", asked_at)
    connect("operation:open_survey", effects.open_survey)
    connect("operation:close_survey", effects.close_survey)
    connect("require:survey", effects.require_survey)
    connect("variable:survey_results", effects.survey_results)
    connect("variable:survey_count", effects.survey_count)
    connect("variable:survey_questions", effects.survey_questions)


def _connect_proofing() -> None:
    """What decisions and printed documents ask of pins, and what is handed in of the list of words."""
    from huiqian.claims.effects import require_claims
    from huiqian.proofing import effects
    from huiqian.proofing.queries import printed_pins

    connect("require:own_pins", effects.require_own_pins)
    connect("pins_of_version", printed_pins)
    connect("require:claims", require_claims)


def _connect_jobs() -> None:
    """What workers do: jobs that commands wrote down, and ticks (every so many seconds, by one worker at a time)."""
    from huiqian.jobs import turns, upkeep

    connect("job:notify.deliver", turns.tell)
    connect("job:notify.mail", turns.mail)
    connect("job:notify.post", turns.post)
    connect("job:documents.draw", turns.draw_file)
    connect("job:documents.draw_page", turns.draw_page)

    every(1, "process.fire_timers", turns.fire_timers)
    every(1, "process.look_after_calls", turns.look_after_calls)
    every(1, "process.deliver_parcels", turns.deliver_parcels)
    every(10, "process.start_scheduled", turns.start_scheduled_cases)
    every(10, "jobs.bring_back_stalled", upkeep.bring_back_stalled_jobs)
    every(10, "marketing.spread_prices", turns.spread_prices)
    every(30, "surveys.close_due", turns.close_due_surveys)
    every(60, "process.bring_into_effect", turns.bring_into_effect_what_is_due)
    every(60, "process.remind_reviewers", turns.remind_of_reviews)
    every(60, "work.remind", turns.remind)
    every(60, "notify.write_digests", turns.write_morning_digests)
    every(600, "journal.seal_the_day", turns.seal_the_day)
    every(6 * 3600, "work.note_pace", turns.note_how_long_steps_take)
    every(24 * 3600, "documents.ask_for_previews", turns.ask_for_missing_previews)
    every(24 * 3600, "documents.forget_files", turns.forget_files)
    every(24 * 3600, "jobs.forget_old", upkeep.forget_old_jobs)
