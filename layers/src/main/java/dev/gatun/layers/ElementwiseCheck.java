package dev.gatun.layers;

/** The condition on the activations of a cell: they look at one number at a time. */
final class ElementwiseCheck implements OptionCheck<ActivationFunction> {

    @Override
    public String problem(String option, ActivationFunction function) {
        return function.isElementwise()
                ? null
                : "its activations look at one number at a time; " + option + " cannot be " + function.keyword();
    }
}
