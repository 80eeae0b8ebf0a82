package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
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

    /**
     * @param common  the loss of every output that has none by name, or null
     * @param byName  losses by output
     * @param shares  weights of losses by output; 1 where missing
     * @param metrics reported for each output with a loss
     */
    static Objective of(
            Network network, Loss common, Map<String, Loss> byName, Map<String, Double> shares, List<Metric> metrics) {
        List<String> all = network.outputNames();
        refuseUnknown(network, "loss", byName);
        refuseUnknown(network, "lossWeight", shares);
        List<Integer> outputs = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Loss loss = byName.getOrDefault(all.get(i), common);
            if (loss != null) {
                outputs.add(i);
                losses.add(loss);
            }
        }
        if (losses.isEmpty()) {
            throw new IllegalStateException("Nothing to train: model '" + network.name() + "' has no loss; give one, "
                    + "for example .loss(Loss.MSE)");
        }
        for (Metric metric : metrics) {
            for (int i = 0; i < losses.size(); i++) {
                if (!metric.fits(losses.get(i))) {
                    throw new IllegalArgumentException("Metric '" + metric.keyword() + "' cannot be told of output '"
                            + all.get(outputs.get(i)) + "', whose targets are class numbers ("
                            + losses.get(i).keyword() + "); use accuracy");
                }
            }
        }
        List<String> names = outputs.stream().map(all::get).toList();
        return new Objective(outputs, names, losses,
                names.stream().map(name -> shares.getOrDefault(name, 1.0)).toList(),
                List.copyOf(metrics));
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
