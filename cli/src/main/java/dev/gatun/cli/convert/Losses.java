package dev.gatun.cli.convert;

import dev.gatun.cli.verify.Comparison;
import dev.gatun.layers.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a model is not any more after it was written to a file and read again. */
public final class Losses {

    /** As for files of others: what float32 sums in another order come to. */
    private static final double SAME = 1e-5;

    private Losses() {}

    /**
     * @param written the model that was written
     * @param again   the file, read
     * @return sentences; none if nothing was lost
     */
    public static List<String> between(Model written, ReadAgain again) {
        return switch (again.as()) {
            case ReadAgain.WEIGHTS -> List.of(
                    "the file holds weights alone: other programs need a model of the same layers");
            case ReadAgain.GRAPH -> List.of(
                    "the file is read as a graph that runs node after node, not as a model of layers");
            default -> between(written, again.model().model().orElseThrow());
        };
    }

    private static List<String> between(Model written, Model read) {
        List<String> lost = new ArrayList<>();
        TreeSet<String> metadata = new TreeSet<>(written.metadata().keySet());
        metadata.removeAll(read.metadata().keySet());
        if (!metadata.isEmpty()) {
            lost.add("its metadata " + metadata + " are not kept in this kind of file");
        }
        if (written.trainingState().isPresent() && read.trainingState().isEmpty()) {
            lost.add("the state of its training is not kept in this kind of file: a training of it begins anew");
        }
        Map<String, Integer> before = kinds(written);
        Map<String, Integer> after = kinds(read);
        if (!before.equals(after)) {
            lost.add("the file is read as other layers: " + after + " instead of " + before);
        }
        return lost;
    }

    private static Map<String, Integer> kinds(Model model) {
        Map<String, Integer> kinds = new TreeMap<>();
        model.graph().layers().forEach(layer -> kinds.merge(layer.layer().kind(), 1, Integer::sum));
        return kinds;
    }

    /** Whether an output is the same but for rounding. */
    public static boolean isSame(Comparison output) {
        return output.isWithin(SAME);
    }
}
