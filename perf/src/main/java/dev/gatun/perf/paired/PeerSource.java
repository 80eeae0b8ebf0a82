package dev.gatun.perf.paired;

import java.util.List;

/** What is found on the class path: one engine, or one called in several ways. Making it loads no library. */
public interface PeerSource {

    /** The engines, each in one way to call it. */
    List<Peer> peers();
}
