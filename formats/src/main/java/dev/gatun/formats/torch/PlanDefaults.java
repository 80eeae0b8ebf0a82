package dev.gatun.formats.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is taken to stand between modules whose order was told, unless an architecture says it; each choice is a note. */
final class PlanDefaults {

    private static final Pattern SIBLING = Pattern.compile("(.*?)(\\d{1,9})");

    private final TorchArchitecture architecture;
    private final List<String> notes = new ArrayList<>();

    PlanDefaults(TorchArchitecture architecture) {
        this.architecture = architecture;
    }

    TorchPlan plan(ModuleOrder.Found order) {
        List<TorchModule> chain = order.chain();
        if (chain.size() > 1 && !order.by().isEmpty()) {
            notes.add("the order " + labels(chain) + " was told from " + order.by());
        }
        boolean hasHeads = !order.heads().isEmpty();
        List<TorchPlan.Step> steps = steps(chain, hasHeads ? order.heads().getFirst().getFirst() : null);
        List<List<TorchPlan.Step>> heads = new ArrayList<>();
        List<TorchModule> ends = new ArrayList<>();
        for (List<TorchModule> head : order.heads()) {
            heads.add(steps(head, null));
            ends.add(head.getLast());
        }
        if (hasHeads) {
            notes.add("all of " + labels(order.heads().stream().map(List::getFirst).toList()) + " read what "
                    + chain.getLast().label() + " makes: the model has an output for each");
        } else {
            ends.add(chain.getLast());
        }
        noteEnds(ends);
        return new TorchPlan(steps, heads, notes);
    }

    private void noteEnds(List<TorchModule> ends) {
        List<TorchModule> bare = ends.stream()
                .filter(end -> end.kind() == ModuleKind.LINEAR && architecture.after(end) == null).toList();
        if (!bare.isEmpty()) {
            notes.add("no activation is taken to stand behind " + labels(bare) + ", at the end; "
                    + ArchitectureAdvice.after(bare.getFirst().label(), "softmax") + " says another");
        }
    }

    /** @param next what reads the last of them; null if nothing does */
    private List<TorchPlan.Step> steps(List<TorchModule> chain, TorchModule next) {
        List<TorchPlan.Step> steps = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            TorchModule module = chain.get(i);
            TorchModule reader = i + 1 < chain.size() ? chain.get(i + 1) : next;
            steps.add(new TorchPlan.Run(module));
            List<String> after = architecture.after(module);
            if (after != null) {
                after.forEach(text -> steps.add(new TorchPlan.Word(text)));
            } else if (reader != null && isActivated(i > 0 ? chain.get(i - 1) : null, module, reader)) {
                steps.add(new TorchPlan.Word("relu"));
                notes.add("a relu is taken to stand behind " + module.label() + ", which the file does not say; "
                        + ArchitectureAdvice.after(module.label(), "tanh") + " says another, an empty list none");
            }
        }
        return steps;
    }

    private static String labels(List<TorchModule> modules) {
        return String.join(", ", modules.stream().map(TorchModule::label).toList());
    }

    /** Two linear maps with nothing between would be one; what is numbered without a gap has nothing between. */
    private static boolean isActivated(TorchModule before, TorchModule module, TorchModule next) {
        TorchModule block = module.kind().isNorm() && before != null ? before : module;
        boolean isWhole = !next.kind().isNorm() && next.kind() != ModuleKind.PRELU;
        boolean isMap = block.kind() == ModuleKind.CONV1D
                || block.kind() == ModuleKind.LINEAR && next.kind() == ModuleKind.LINEAR;
        return isMap && isWhole && !areNeighbours(module.name(), next.name());
    }

    private static boolean areNeighbours(String name, String next) {
        Matcher left = SIBLING.matcher(name);
        Matcher right = SIBLING.matcher(next);
        return left.matches() && right.matches() && left.group(1).equals(right.group(1))
                && (left.group(1).isEmpty() || left.group(1).endsWith("."))
                && Integer.parseInt(right.group(2)) == Integer.parseInt(left.group(2)) + 1;
    }
}
