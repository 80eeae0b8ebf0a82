package dev.gatun.data;

import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.function.UnaryOperator;

/** Makes forecasts for windows: a model, or one of the baselines it has to beat. */
public interface Forecast {

    /** {@return what people call it} */
    String name();

    /**
     * Forecasts.
     *
     * @param windows over a series
     * @param starts  first rows of N windows
     * @return [N][H*K] in the series' unit, step by step
     */
    double[][] of(Windows windows, int[] starts);

    /**
     * A model's forecasts, back in the series' unit.
     *
     * @param name    what people call it
     * @param predict from [N,W,C] to [N,H*K], for example {@code model::predict}
     * @return asks the model
     */
    static Forecast of(String name, UnaryOperator<Tensor> predict) {
        Arguments.required(name, "Forecast.of", "name", "what people should call it");
        Arguments.required(predict, "Forecast.of", "predict", "a function, for example model::predict");
        return new Forecast() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double[][] of(Windows windows, int[] starts) {
                return windows.restore(starts, predict.apply(windows.inputs(starts)).toArray());
            }
        };
    }
}
