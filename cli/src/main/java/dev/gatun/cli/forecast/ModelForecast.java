package dev.gatun.cli.forecast;

import dev.gatun.data.Forecast;
import dev.gatun.layers.model.Model;

/** The forecasts of the model that the command trained. */
public final class ModelForecast {

    /** What tables and pictures call it. */
    static final String NAME = "LSTM";

    private ModelForecast() {}

    /**
     * A model's forecasts.
     *
     * @param model from [N,W,C] to [N,H*K], open
     */
    public static Forecast of(Model model) {
        return Forecast.of(NAME, model::predict);
    }
}
