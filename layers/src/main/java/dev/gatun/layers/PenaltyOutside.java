package dev.gatun.layers;

/** The condition on a layer within another: what the outer one returns may have a penalty, and that is counted once. */
final class PenaltyOutside implements OptionCheck<Layer> {

    @Override
    public String problem(String option, Layer layer) {
        return layer.activityRegularizer().isNone()
                ? null
                : "the " + layer.kind() + " within has an activity regularizer, which Keras does not count there; "
                        + "give it to the layer around it: .activityRegularizer(...)";
    }
}
