package dev.gatun.layers;

/** The condition on the activation of a cell: its states are as wide as its units. */
final class KeepsWidth implements OptionCheck<ActivationFunction> {

    @Override
    public String problem(String option, ActivationFunction function) {
        return function.kind().keepsWidth()
                ? null
                : "expected an activation that gives as many numbers as it takes as " + option + ", got "
                        + function.keyword() + ", which gives half as many; use another one, for example sigmoid, or a "
                        + "Dense with it above the layer";
    }
}
