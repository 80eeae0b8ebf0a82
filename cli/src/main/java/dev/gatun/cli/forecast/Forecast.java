package dev.gatun.cli.forecast;

/** Makes forecasts for windows: a model, or one of the baselines it has to beat. */
public interface Forecast {

    /** For people. */
    String name();

    /**
     * @param starts first rows of N windows
     * @return [N][H*K] in the table's unit, step by step
     */
    double[][] of(Windows windows, int[] starts);
}
