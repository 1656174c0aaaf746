using System.ComponentModel.DataAnnotations;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>What the fusion service screens, and which approaches it tells its readers of by messages.</summary>
public sealed class ScreeningSettings
{
    /// <summary>How far ahead, hours. Default 72, from 1 to 672.</summary>
    [Range(1, 672)]
    public double Hours { get; set; } = 72;

    /// <summary>How often the window moves on, hours. Answers tell it and nothing finer. Default 1, from 0.01 to 6.</summary>
    [Range(0.01, 6)]
    public double StepHours { get; set; } = 1;

    /// <summary>Approaches nearer than this are found, km. Default 5, from 0.01 to 200.</summary>
    [Range(0.01, 200)]
    public double ThresholdKm { get; set; } = 5;

    /// <summary>Radius of a sphere around an object of which nobody has said its size, m. Default 5, from 0.01 to 1,000.</summary>
    [Range(0.01, 1_000)]
    public double AssumedRadiusM { get; set; } = 5;

    /// <summary>Threads of a screening; answers go before. Default 1, from 1 to 1,024.</summary>
    [Range(1, 1_024)]
    public int Threads { get; set; } = 1;

    /// <summary>Most objects of one partner. Default 60,000, from 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int ObjectsPerPartnerMax { get; set; } = 60_000;

    /// <summary>How often it is looked anew at what each reader may see, where nothing tells that it has changed: a delay may be over. Default 30 s, from 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ViewInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A message is published of an approach at least this probable. Default 1e-7, from 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double MessageMinProbability { get; set; } = 1e-7;

    /// <summary>A message is published of an approach without a probability that is nearer than this, km. Default 1, from 0 to 200.</summary>
    [Range(0.0, 200.0)]
    public double MessageWithinKm { get; set; } = 1;

    /// <summary>A newer message of one approach follows no sooner than this, unless the probability rises above 1e-4. Default 1 h, from 0 to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan MessageInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Most messages made for one reader in an hour, the most probable first; the others follow. Default 1,000, from 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerHourMax { get; set; } = 1_000;

    internal BoardOptions ToBoardOptions() => new()
    {
        Ahead = TimeSpan.FromHours(Hours), Step = TimeSpan.FromHours(StepHours), Volume = ScreeningVolume.Sphere(ThresholdKm), AssumedRadiusKm = AssumedRadiusM / 1e3, Threads = Threads,
        // Of one object there are the newest that each reader may see.
        SourcesPerOriginatorMax = 4 * ObjectsPerPartnerMax,
    };
}
