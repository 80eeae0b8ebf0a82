package dev.gatun.formats.torch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * In which order modules stand behind each other: a state dict in safetensors is sorted by name and does not say it. What one
 * makes the next must read, and of modules that are numbered in one list the lower number comes first. Where several orders fit,
 * the usual one is taken: embeddings, convolutions, recurrent modules, normalizations, linear ones; a normalization behind the
 * module whose number it has, and not at the start; an encoder before its decoder; then by name, numbers in it as numbers.
 */
final class ModuleOrder {

    /** Modules that are put somewhere; equal widths could ask for more than there is time for. */
    private static final int MOST_TRIES = 2_000;

    /** Modules that are looked at for a place; a chain of 300 takes up to 180,000. */
    private static final int MOST_LOOKS = 400_000;

    /**
     * The order that was found.
     *
     * @param chain one behind the other
     * @param heads ends that all read what the chain makes, of linear modules each; empty if there is one end
     * @param by    what it was told from, where widths alone allow others or numbers had to do; empty if it is sure
     */
    record Found(List<TorchModule> chain, List<List<TorchModule>> heads, String by) {}

    private static final Comparator<TorchModule> USUAL = Comparator
            .comparingInt((TorchModule module) -> place(module.kind()))
            .thenComparing(module -> module.name().toLowerCase(Locale.ROOT).contains("dec"))
            .thenComparing(TorchModule::name, NaturalNames.ORDER);

    private final List<TorchModule> modules;
    private final ListedModules lists;

    /** Places in {@link #modules} in the order of names. */
    private final List<Integer> byName;
    private final boolean hasHeads;

    /** Places in {@link #modules}. */
    private final List<Integer> path = new ArrayList<>();
    private final BitSet placed = new BitSet();
    private List<TorchModule> first;
    private List<List<TorchModule>> heads;
    private int solutions;
    private int tries;
    private int looks;

    private ModuleOrder(List<TorchModule> modules, boolean hasHeads, boolean isByNumber) {
        this.modules = modules.stream().sorted(USUAL).toList();
        this.byName = IntStream.range(0, modules.size()).boxed()
                .sorted((one, other) -> LinearHeads.BY_NAME.compare(this.modules.get(one), this.modules.get(other)))
                .toList();
        this.lists = new ListedModules(this.modules, isByNumber);
        this.hasHeads = hasHeads;
        extend(-1);
    }

    /**
     * The order of a state dict's modules.
     *
     * @param inOrder  whether they stand in the order in which they were declared
     * @param hasHeads whether several linear modules may read what the chain makes
     * @return null if none fits
     */
    static Found of(List<TorchModule> modules, boolean inOrder, boolean hasHeads) {
        if (inOrder && fits(modules)) {
            return new Found(modules, List.of(), "");
        }
        ModuleOrder order = new ModuleOrder(modules, hasHeads, true);
        boolean isByNumber = order.first != null;
        ModuleOrder any = !isByNumber || order.solutions == 1 ? new ModuleOrder(modules, hasHeads, false) : order;
        order = isByNumber ? order : any;
        if (order.first == null) {
            return null;
        }
        boolean isSole = order.solutions == 1 && order.tries <= MOST_TRIES && order.looks <= MOST_LOOKS;
        String numbers = isSole && any.solutions > 1 ? " and the numbers in their names" : "";
        return new Found(order.first, order.heads, "the widths" + numbers + (isSole
                ? ""
                : ", which fit other orders too; " + ArchitectureAdvice.forward() + " says another"));
    }

    private static int place(ModuleKind kind) {
        return switch (kind) {
            case EMBEDDING -> 0;
            case CONV1D -> 1;
            case LSTM, GRU, RNN -> 2;
            case ATTENTION, LAYER_NORM, RMS_NORM, BATCH_NORM, GROUP_NORM -> 3;
            case PRELU -> 4;
            case LINEAR -> 5;
        };
    }

    private static boolean fits(List<TorchModule> modules) {
        int width = -1;
        for (TorchModule module : modules) {
            if (!follows(module, width)) {
                return false;
            }
            width = module.outputs(width);
        }
        return true;
    }

    /** @param width what is made before it, -1 at the start */
    private static boolean follows(TorchModule module, int width) {
        boolean isStart = width < 0;
        return module.kind() == ModuleKind.EMBEDDING
                ? isStart
                : isStart ? module.inputs() > 0 : module.inputs() < 0 || module.inputs() == width;
    }

    /** Depth is the number of modules, which the plan bounds. */
    private void extend(int width) {
        if (isWhole(width)) {
            solutions++;
            if (first == null) {
                first = path.stream().map(modules::get).toList();
                heads = path.size() == modules.size() ? List.of() : LinearHeads.of(unplaced(), width);
            }
            return;
        }
        for (boolean isNext : new boolean[] {true, false}) {
            for (int at = 0; at < modules.size(); at++) {
                if (solutions > 1 || ++looks > MOST_LOOKS || tries > MOST_TRIES) {
                    return;
                }
                TorchModule module = modules.get(at);
                if (!placed.get(at) && isNext == isLikely(at) && follows(module, width) && lists.isDue(at, placed)) {
                    tries++;
                    path.add(at);
                    placed.set(at);
                    extend(module.outputs(width));
                    placed.clear(at);
                    path.removeLast();
                }
            }
        }
    }

    /** To be tried before others: at the start what is no normalization, then that of the last module. */
    private boolean isLikely(int at) {
        ModuleKind kind = modules.get(at).kind();
        boolean isScale = kind.isNorm() || kind == ModuleKind.PRELU;
        return path.isEmpty() ? !isScale : isScale && lists.haveSameNumbers(path.getLast(), at);
    }

    private boolean isWhole(int width) {
        if (path.size() == modules.size()) {
            return true;
        }
        return hasHeads && !path.isEmpty() && LinearHeads.of(unplaced(), width) != null;
    }

    private List<TorchModule> unplaced() {
        return byName.stream().filter(at -> !placed.get(at)).map(modules::get).toList();
    }
}
