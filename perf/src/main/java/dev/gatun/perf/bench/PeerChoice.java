package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Asked;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.python.PythonCheck;
import dev.gatun.perf.python.PythonEngine;
import dev.gatun.perf.python.PythonPeer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which engines run beside ours.
 *
 * @param peers    those that can
 * @param leftOut  the others that were asked for, each with the reason
 * @param versions what the engines of Python's say they are
 */
public record PeerChoice(List<Peer> peers, List<String> leftOut, List<String> versions) {

    /**
     * What was asked for.
     *
     * @param asked  by options
     * @param name   of the one that alone is wanted, or null
     * @param python tells what is there of an engine; asked only about one that could run
     */
    public record Wish(Set<Asked> asked, String name, Function<PythonEngine, PythonCheck> python) {}

    /**
     * Sorts them out.
     *
     * @throws IllegalArgumentException if none has the name that alone is wanted, or that one cannot run
     */
    public static PeerChoice of(List<Peer> all, Processor processor, Wish wish) {
        List<Peer> asked = all.stream()
                .filter(peer -> peer.asked() == Asked.ALWAYS || wish.asked.contains(peer.asked())
                        && (wish.name == null || wish.name.equals(peer.name())))
                .toList();
        List<Peer> can = new ArrayList<>();
        Set<String> leftOut = new LinkedHashSet<>();
        Set<String> versions = new LinkedHashSet<>();
        for (Peer peer : asked) {
            Optional<String> reason = peer.refusal(processor);
            if (reason.isEmpty() && peer instanceof PythonPeer scripted) {
                PythonCheck check = wish.python.apply(scripted.engine());
                check.versions().forEach((what, version) -> versions.add(what + " " + version));
                reason = check.missing().isEmpty()
                        ? Optional.empty()
                        : Optional.of("missing: " + String.join(", ", check.missing()));
            }
            if (reason.isEmpty()) {
                can.add(peer);
            } else {
                leftOut.add((peer instanceof PythonPeer scripted ? scripted.engine().title() : peer.name())
                        + " is left out: " + reason.get());
            }
        }
        if (wish.name != null && can.stream().noneMatch(peer -> peer.name().equals(wish.name))) {
            throw new IllegalArgumentException(leftOut.isEmpty()
                    ? "No peer is named '" + wish.name + "'; there are " + all.stream()
                            .filter(peer -> wish.asked.contains(peer.asked())).map(Peer::name).toList()
                    : String.join("; ", leftOut));
        }
        return new PeerChoice(can, List.copyOf(leftOut), List.copyOf(versions));
    }
}
