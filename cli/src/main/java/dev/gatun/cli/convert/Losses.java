package dev.gatun.cli.convert;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.cli.verify.Comparison;
import dev.gatun.cli.verify.Expected;
import dev.gatun.cli.verify.RandomInputs;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a model is not any more after it was written to a file and read again. */
public final class Losses {

    /** As for files of others: what float32 sums in another order come to. */
    private static final double SAME = 1e-5;
    private static final int SAMPLES = 2;
    private static final int STEPS = 5;

    private Losses() {}

    /**
     * @param written the model that was written
     * @param read    what the file was read as
     * @return sentences; none if nothing was lost
     */
    public static List<String> between(Model written, Model read) {
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

    /**
     * Runs both on the same numbers.
     *
     * @param ids what ids among their inputs are below
     * @return what became of each output
     * @throws IllegalArgumentException if they do not take the same inputs
     */
    public static List<Comparison> outputs(Model written, Model read, int ids) {
        List<Tensor> inputs = new RandomInputs(0, SAMPLES, STEPS, ids).of(ModelShape.of(written));
        List<Tensor> wanted = written.predict(inputs);
        List<Tensor> got = read.predict(inputs);
        List<Comparison> all = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            all.add(Comparison.of(written.outputNames().get(i), got.get(i), Expected.of(wanted.get(i))));
        }
        return all;
    }

    /** Whether an output is the same but for rounding. */
    public static boolean isSame(Comparison output) {
        return output.isWithin(SAME);
    }
}
