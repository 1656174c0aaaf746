namespace SsaShare.Orbits;

/// <summary>By whose knowledge a sensor chooses what it looks at next: always what has waited longest.</summary>
public enum Tasking
{
    /// <summary>By what the sensor itself saw: one that stares at a field sees all that comes through it, up to its capacity.</summary>
    Own = 0,
    /// <summary>By what the sensors of its partner saw.</summary>
    Partner = 1,
    /// <summary>By what all sensors of the network saw that are tasked together.</summary>
    Network = 2,
}

/// <summary>How often a sensor looks.</summary>
/// <param name="TracksPerHour">Most tracklets an hour.</param>
/// <param name="ObservationsMin">Fewest looks of a tracklet; detections among them may be fewer.</param>
/// <param name="ObservationsMax">Most looks of a tracklet.</param>
/// <param name="CadenceSeconds">Between looks.</param>
/// <param name="RevisitSeconds">An object seen less long ago, by the knowledge of <paramref name="Tasking"/>, is left alone.</param>
/// <param name="Tasking">By whose knowledge it chooses.</param>
/// <exception cref="ArgumentException">No look in a tracklet, more at least than at most, or no time between them.</exception>
public sealed record SensorRhythm(double TracksPerHour, int ObservationsMin, int ObservationsMax, double CadenceSeconds, double RevisitSeconds, Tasking Tasking)
{
    /// <summary>Most looks of a tracklet.</summary>
    public int ObservationsMax { get; } = ObservationsMin >= 1 && ObservationsMax >= ObservationsMin
        ? ObservationsMax : throw new ArgumentException($"Expected 1 look and more, got {ObservationsMin} to {ObservationsMax}.", nameof(ObservationsMax));

    /// <summary>Between looks.</summary>
    public double CadenceSeconds { get; } = CadenceSeconds > 0 ? CadenceSeconds : throw new ArgumentException("Expected time between looks.", nameof(CadenceSeconds));
}
