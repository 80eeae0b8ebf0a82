package dev.gatun.layers.train;

/**
 * What a trainer was told.
 *
 * @param session   what makes the steps, and where they begin
 * @param objective losses and metrics
 * @param fit       how a fit goes over its samples
 */
record TrainerSettings(SessionSettings session, ObjectiveSettings objective, FitSettings fit) {

    static final TrainerSettings KERAS = new TrainerSettings(
            new SessionSettings(Adam.rate(0.001), 0, false, SessionSettings.WHOLE), ObjectiveSettings.NONE,
            FitSettings.KERAS);

    TrainerSettings with(SessionSettings other) {
        return new TrainerSettings(other, objective, fit);
    }

    TrainerSettings with(ObjectiveSettings other) {
        return new TrainerSettings(session, other, fit);
    }

    TrainerSettings with(FitSettings other) {
        return new TrainerSettings(session, objective, other);
    }
}
