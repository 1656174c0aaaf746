using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// SGP4 for one satellite, near Earth and in deep space: the reference that Sgp4Batch is compared with.
/// </summary>
/// <remarks>
/// Theory: Hoots and Roehrich 1980, Spacetrack Report 3; constants, error codes and choices: Vallado, Crawford, Hujsak and Kelso 2006, AIAA 2006-6753.
/// Frame: TEME of date; km and km/s; time in minutes of TAI since the elements' epoch. The result depends on the time alone, never on earlier calls;
/// resonant orbits are fastest in the order of time away from their epochs. Safe for concurrent use. No element set makes it throw: what the theory cannot answer is an <see cref="Sgp4Error"/>.
/// </remarks>
public sealed class Sgp4Propagator
{
    /// <param name="elements">Any numbers; senseless ones give an error at every time.</param>
    /// <param name="options">WGS-72 and the improved mode where null.</param>
    public Sgp4Propagator(ElementSet elements, Sgp4Options? options = null)
    {
        (Elements, Options) = (elements, options ?? Sgp4Options.Default);
        Terms = new NearEarthTerms(elements, Options.Earth);
        if (Terms.IsDeepSpace) DeepSpace = new DeepSpaceTerms(Terms, Sgp4Epoch.Days1950(elements.Epoch), Options.Mode);
    }

    public ElementSet Elements { get; }

    public Sgp4Options Options { get; }

    /// <summary>The period is 225 minutes or more.</summary>
    public bool IsDeepSpace => Terms.IsDeepSpace;

    internal NearEarthTerms Terms { get; }

    internal DeepSpaceTerms? DeepSpace { get; }

    /// <summary>The state at an instant.</summary>
    public Sgp4State Propagate(Epoch epoch) => Propagate(Sgp4Epoch.MinutesSince(epoch.NanosecondsSinceJ2000, Elements.Epoch.NanosecondsSinceJ2000));

    /// <summary>The state at an instant as the rest of the library takes it: frame TEME.</summary>
    public bool TryPropagate(Epoch epoch, [NotNullWhen(true)] out CartesianState? state, out Sgp4Error error)
    {
        var found = Propagate(epoch);
        error = found.Error;
        state = found.IsValid ? new CartesianState(epoch, Frame.Teme, found.PositionKm, found.VelocityKmPerS) : null;
        return state is not null;
    }

    /// <param name="minutesSinceEpoch">Minutes of TAI, any sign.</param>
    public Sgp4State Propagate(double minutesSinceEpoch)
    {
        if (!(Math.Abs(minutesSinceEpoch) <= Sgp4Reach.LongestMinutes)) return Sgp4State.Failed(Sgp4Error.OutOfReach);
        double t = minutesSinceEpoch, t2 = t * t, meanMotion = Terms.MeanMotion;
        var mean = new MeanElements
        {
            MeanAnomaly = Terms.MeanAnomaly + Terms.MeanAnomalyRate * t,
            Pericenter = Terms.Pericenter + Terms.PericenterRate * t,
            Node = Terms.Node + Terms.NodeRate * t + Terms.NodeT2 * t2,
            Eccentricity = Terms.Eccentricity,
            Inclination = Terms.Inclination,
        };
        double axisDrag, eccentricityDrag = Terms.BStarC4 * t, longitudeDrag = Terms.T2 * t2;
        if (DeepSpace is null)
        {
            double eta = 1 + Terms.Eta * Math.Cos(mean.MeanAnomaly);
            double turn = Terms.PericenterT * t + Terms.AnomalyOfEta * (NearEarthTerms.Cube(eta) - Terms.EtaCubed), t3 = t2 * t, t4 = t3 * t;
            mean.MeanAnomaly += turn;
            mean.Pericenter -= turn;
            axisDrag = 1 - Terms.C1 * t - Terms.D2 * t2 - Terms.D3 * t3 - Terms.D4 * t4;
            eccentricityDrag += Terms.BStarC5 * (Math.Sin(mean.MeanAnomaly) - Terms.SinMeanAnomaly);
            longitudeDrag += Terms.T3 * t3 + t4 * (Terms.T4 + t * Terms.T5);
        }
        else
        {
            axisDrag = 1 - Terms.C1 * t;
            meanMotion = AddSecular(DeepSpace, t, ref mean);
        }
        if (!(meanMotion > 0)) return Sgp4State.Failed(Sgp4Error.MeanMotion);

        mean.SemiMajorAxis = (meanMotion == Terms.MeanMotion ? Terms.SemiMajorAxis : Terms.SemiMajorAxisOf(meanMotion)) * axisDrag * axisDrag;
        double eccentricity = mean.Eccentricity - eccentricityDrag;
        if (!(eccentricity is < 1 and >= Sgp4Reach.LowestMeanEccentricity)) return Sgp4State.Failed(Sgp4Error.MeanEccentricity);
        mean.Eccentricity = Math.Max(eccentricity, Sgp4Reach.LeastEccentricity);
        mean.MeanAnomaly += Terms.MeanMotion * longitudeDrag;
        if (!(mean.LargestAngle < Sgp4Reach.LargestAngle)) return Sgp4State.Failed(Sgp4Error.OutOfReach);
        double longitude = (mean.MeanAnomaly + mean.Pericenter + mean.Node) % Math.Tau;
        mean.Node %= Math.Tau;
        mean.Pericenter %= Math.Tau;
        mean.MeanAnomaly = (longitude - mean.Pericenter - mean.Node) % Math.Tau;

        if (DeepSpace is null) return ShortPeriodics.ToState(mean, Terms.SinInclination, Terms.CosInclination, Terms.LongPeriod, Terms.Gravity);
        DeepSpace.AddPeriodics(t, Options.Mode, ref mean);
        if (mean.Inclination < 0)
        {
            mean.Inclination = -mean.Inclination;
            mean.Node += Math.PI;
            mean.Pericenter -= Math.PI;
        }
        if (!(mean.Eccentricity is >= 0 and <= 1)) return Sgp4State.Failed(Sgp4Error.PerturbedEccentricity);
        var (sinI, cosI) = Math.SinCos(mean.Inclination);
        return ShortPeriodics.ToState(mean, sinI, cosI, new LongPeriodTerms(sinI, cosI, Terms.Gravity.J3OverJ2), Terms.Gravity);
    }

    /// <summary>Adds what Sun, Moon and resonance have done since the epoch.</summary>
    /// <returns>The mean motion, rad/min.</returns>
    private double AddSecular(DeepSpaceTerms deep, double t, ref MeanElements mean)
    {
        mean.Eccentricity += deep.Rates.Eccentricity * t;
        mean.Inclination += deep.Rates.Inclination * t;
        mean.Pericenter += deep.Rates.Pericenter * t;
        mean.Node += deep.Rates.Node * t;
        mean.MeanAnomaly += deep.Rates.MeanAnomaly * t;
        if (deep.Resonance is not { } resonance) return Terms.MeanMotion;
        double sidereal = (deep.SiderealAngle + t * DeepSpaceTerms.EarthRate) % Math.Tau;
        var (longitude, meanMotion) = resonance.At(t);
        mean.MeanAnomaly = resonance.Kind == ResonanceKind.Synchronous
            ? longitude - mean.Node - mean.Pericenter + sidereal
            : longitude - 2 * mean.Node + 2 * sidereal;
        return meanMotion;
    }
}
