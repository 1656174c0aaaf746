using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>A way to follow orbits.</summary>
internal interface IOrbitModel
{
    /// <returns>Null, or why the object cannot be followed by this model.</returns>
    string? Objection(OrbitStart start);

    /// <summary>What of the tables behind it has to be known of a span of time, with the loss in metres; empty where nothing.</summary>
    IReadOnlyList<string> Warnings(Epoch first, Epoch last);

    /// <summary>Fills a piece of each track that was begun, in the frame of the tracks.</summary>
    void Propagate(IReadOnlyList<ObjectTrack> tracks, PropagationTimes times, int first, int count);
}
