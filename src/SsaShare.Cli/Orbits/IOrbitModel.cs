namespace SsaShare.Cli;

/// <summary>A way to follow orbits.</summary>
internal interface IOrbitModel
{
    /// <returns>Null, or why the object cannot be followed by this model.</returns>
    string? Objection(OrbitStart start);

    /// <summary>Fills a piece of each track that was begun, in the frame of the tracks.</summary>
    void Propagate(IReadOnlyList<ObjectTrack> tracks, PropagationTimes times, int first, int count);
}
