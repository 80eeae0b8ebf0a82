package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is made small: a loss for some outputs of a network, and what is reported beside it.
 *
 * @param outputs indices of the model's outputs that have a loss
 * @param names   their names
 * @param losses  their losses
 * @param weights their shares in the total
 * @param metrics reported for each of them
 */
record Objective(List<Integer> outputs, List<String> names, List<Loss> losses, List<Double> weights,
        List<Metric> metrics) {

    static Objective of(Network network, ObjectiveSettings settings) {
        List<String> all = network.outputNames();
        refuseUnknown(network, "loss", settings.losses());
        refuseUnknown(network, "lossWeight", settings.weights());
        List<Integer> outputs = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Loss loss = settings.losses().getOrDefault(all.get(i), settings.common());
            if (loss != null) {
                requireFloats(network, i, all.get(i));
                outputs.add(i);
                losses.add(loss);
            }
        }
        if (losses.isEmpty()) {
            throw new IllegalStateException("Nothing to train: model '" + network.name() + "' has no loss; give one, "
                    + "for example .loss(Loss.MSE)");
        }
        for (Metric metric : settings.metrics()) {
            for (int i = 0; i < losses.size(); i++) {
                requireFit(metric, losses.get(i), all.get(outputs.get(i)));
            }
        }
        List<String> names = outputs.stream().map(all::get).toList();
        return new Objective(outputs, names, losses,
                names.stream().map(name -> settings.weights().getOrDefault(name, 1.0)).toList(),
                settings.metrics());
    }

    private static void requireFloats(Network network, int output, String name) {
        if (network.graph().outputType(output) != ValueType.FLOAT32) {
            throw new IllegalArgumentException("Output '" + name + "' of model '" + network.name()
                    + "' are whole numbers, which no loss is made for; give the losses to other outputs");
        }
    }

    private static void requireFit(Metric metric, Loss loss, String output) {
        if (!metric.fits(loss)) {
            throw new IllegalArgumentException("Metric '" + metric.keyword() + "' cannot be told of output '" + output
                    + (loss.takesClassNumbers()
                            ? "', whose targets are class numbers (" + loss.keyword() + "); use accuracy"
                            : "' with loss " + loss.keyword() + "; use another metric"));
        }
    }

    private static void refuseUnknown(Network network, String what, Map<String, ?> byName) {
        for (String name : byName.keySet()) {
            if (!network.outputNames().contains(name)) {
                throw new IllegalArgumentException("." + what + "(\"" + name + "\", ...): model '" + network.name()
                        + "' has no output of that name; there are " + network.outputNames());
            }
        }
    }

    int size() {
        return losses.size();
    }
}
