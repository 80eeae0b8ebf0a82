package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.build.DirectSignal;
import dev.gatun.formats.build.GatheredWeights;
import dev.gatun.layers.Node;
import dev.gatun.layers.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/** One model out of an open file. */
final class TorchReading {

    private TorchReading() {}

    /** @param given what the file does not say; null if the caller does not either */
    static Imported model(TorchFile file, TorchArchitecture given) throws FormatException {
        FoldedStateDict dict = file.dict();
        TorchArchitecture architecture = given != null
                ? given.in(new ModuleNames(dict.shapes().keySet()))
                : file.architecture() != null ? file.architecture() : TorchArchitecture.inferred();
        List<String> states = new InitialStates(dict, architecture).assign();
        TorchPlan plan = TorchPlan.of(TorchModules.of(dict.shapes()), dict.isInOrder(), architecture);
        List<String> notes = new ArrayList<>(plan.notes());
        notes.addAll(file.notes());
        notes.addAll(states);
        if (!dict.otherTypes().isEmpty()) {
            notes.add("weights of " + String.join(", ", dict.otherTypes()) + " became float32");
        }
        GatheredWeights weights = new GatheredWeights(dict.file());
        TorchGraph building = new TorchGraph(dict, plan, architecture, weights, notes);
        Graph graph = building.build();
        if (file.skipped() > 0) {
            Node input = building.chain().input();
            int inputs = Math.toIntExact(building.chain().input().shape().last());
            Node sum = DirectSignal.added(input, inputs, file.skipped(), building.chain().value(), building.width(),
                    weights);
            graph = building.chain().graph(List.of(sum));
        }
        if (given == null && file.architecture() == null) {
            noteSequence(plan, notes);
        }
        ArchitectureAdvice.explain(notes);
        ImportReport report = new ImportReport(dict.file() + " (" + dict.format() + ")", weights.mapped(graph), notes);
        return new Imported(weights.model(graph), report);
    }

    private static void noteSequence(TorchPlan plan, List<String> notes) {
        plan.steps().stream()
                .filter(step -> step instanceof TorchPlan.Run run && run.module().kind().isRecurrent())
                .map(step -> ((TorchPlan.Run) step).module().label())
                .reduce((first, second) -> second)
                .ifPresent(last -> notes.add("every step of a sequence has an output; "
                        + ArchitectureAdvice.after(last, "last") + " makes a model of the last one alone"));
    }
}
