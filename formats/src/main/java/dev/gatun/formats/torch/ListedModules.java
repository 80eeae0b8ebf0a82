package dev.gatun.formats.torch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Modules by the numbers in their names: those of a {@code Sequential} or a {@code ModuleList} run in its order. */
final class ListedModules {

    /** A part of a name that is a number and nothing else. */
    private static final Pattern NUMBERED = Pattern.compile("(?<=^|\\.)(\\d{1,9})(?=\\.|$)");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** Of modules that people write; a longer one has no numbers. */
    private static final int LONGEST_NAME = 1_000;

    /** For each module those that must run before it: all that the next lower number of a list holds. */
    private final List<BitSet> before = new ArrayList<>();
    private final List<List<String>> numbers = new ArrayList<>();

    /** @param isOrdered whether lists run in their order */
    ListedModules(List<TorchModule> modules, boolean isOrdered) {
        Map<String, NavigableMap<Integer, BitSet>> lists = new HashMap<>();
        for (TorchModule module : modules) {
            String name = module.name().length() < LONGEST_NAME ? module.name() : "";
            int at = before.size();
            before.add(new BitSet());
            numbers.add(DIGITS.matcher(name).results().map(MatchResult::group).toList());
            for (MatchResult number : NUMBERED.matcher(isOrdered ? name : "").results().toList()) {
                lists.computeIfAbsent(name.substring(0, number.start()), list -> new TreeMap<>())
                        .computeIfAbsent(Integer.parseInt(number.group()), place -> new BitSet()).set(at);
            }
        }
        for (NavigableMap<Integer, BitSet> list : lists.values()) {
            BitSet lower = new BitSet();
            for (BitSet same : list.values()) {
                for (int at = same.nextSetBit(0); at >= 0; at = same.nextSetBit(at + 1)) {
                    before.get(at).or(lower);
                }
                lower = same;
            }
        }
    }

    /** Whether all that must run before a module are placed. */
    boolean isDue(int module, BitSet placed) {
        BitSet missing = (BitSet) before.get(module).clone();
        missing.andNot(placed);
        return missing.isEmpty();
    }

    /** Whether the numbers in both names are the same, and there are some: {@code conv1} and {@code bn1}. */
    boolean haveSameNumbers(int one, int other) {
        return !numbers.get(one).isEmpty() && numbers.get(one).equals(numbers.get(other));
    }
}
