package dev.gatun.formats.torch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends of a model that all read the same: linear modules, or short chains of them that stand in a module each. */
final class LinearHeads {

    static final Comparator<TorchModule> BY_NAME = Comparator.comparing(TorchModule::name, NaturalNames.ORDER);

    /** Modules of all ends together. */
    private static final int MOST = 64;

    private LinearHeads() {}

    /**
     * Modules as ends.
     *
     * @param left  those that no chain holds, by their names
     * @param width features that each end reads
     * @return at least two; null if they are none
     */
    static List<List<TorchModule>> of(List<TorchModule> left, int width) {
        if (left.size() < 2 || left.size() > MOST
                || left.stream().anyMatch(module -> module.kind() != ModuleKind.LINEAR)) {
            return null;
        }
        if (left.stream().allMatch(module -> module.inputs() == width)) {
            return left.stream().map(List::of).toList();
        }
        Map<String, List<TorchModule>> byParent = new LinkedHashMap<>();
        for (TorchModule module : left) {
            String parent = module.name().substring(0, Math.max(0, module.name().lastIndexOf('.')));
            byParent.computeIfAbsent(parent, key -> new ArrayList<>()).add(module);
        }
        List<List<TorchModule>> heads = new ArrayList<>();
        for (List<TorchModule> same : byParent.values()) {
            if (isChain(same, width)) {
                heads.add(same);
            } else if (same.stream().allMatch(module -> module.inputs() == width)) {
                same.forEach(module -> heads.add(List.of(module)));
            } else {
                return null;
            }
        }
        if (heads.size() < 2) {
            return null;
        }
        heads.sort((one, other) -> BY_NAME.compare(one.getFirst(), other.getFirst()));
        return heads;
    }

    private static boolean isChain(List<TorchModule> modules, int width) {
        int made = width;
        for (TorchModule module : modules) {
            if (module.inputs() != made) {
                return false;
            }
            made = module.outputs(made);
        }
        return true;
    }
}
