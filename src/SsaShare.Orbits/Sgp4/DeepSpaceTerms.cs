namespace SsaShare.Orbits;

/// <summary>What SGP4 adds for periods of 225 minutes and more: Sun, Moon and the resonances with the Earth's turning.</summary>
internal sealed class DeepSpaceTerms
{
    /// <summary>Turning of the Earth, rad/min.</summary>
    public const double EarthRate = 4.37526908801129966e-3;

    /// <summary>Below this inclination, rad, the periodics are applied in the form of Lyddane.</summary>
    public const double LyddaneInclination = 0.2;

    /// <summary>From 1899-12-31T12:00, where the theory of the Moon counts from, to 1949-12-31T00:00.</summary>
    private const double Days1900 = 18_261.5;

    public DeepSpaceTerms(NearEarthTerms terms, double days1950, Sgp4Mode mode)
    {
        (Sun, Moon) = (ThirdBody.Sun(terms, days1950 + Days1900), ThirdBody.Moon(terms, days1950 + Days1900));
        SiderealAngle = Sgp4Epoch.SiderealAngleRad(days1950, mode);
        Rates = new ElementRates(
            Sun.Secular.Eccentricity + Moon.Secular.Eccentricity, Sun.Secular.Inclination + Moon.Secular.Inclination, Sun.Secular.MeanAnomaly + Moon.Secular.MeanAnomaly,
            Sun.Secular.Pericenter + Moon.Secular.Pericenter, Sun.Secular.Node + Moon.Secular.Node);
        Resonance = Resonance.Of(terms, Rates, SiderealAngle);
    }

    public ThirdBody Sun { get; }
    public ThirdBody Moon { get; }

    /// <summary>By Sun and Moon together.</summary>
    public ElementRates Rates { get; }

    /// <summary>Of Greenwich at epoch, rad.</summary>
    public double SiderealAngle { get; }

    /// <summary>Null where the period is not near 12 or 24 hours.</summary>
    public Resonance? Resonance { get; }

    /// <summary>Adds the periodics of Sun and Moon.</summary>
    public void AddPeriodics(double minutes, Sgp4Mode mode, ref MeanElements mean)
    {
        var periodics = Sun.At(minutes) + Moon.At(minutes);
        mean.Inclination += periodics.Inclination;
        mean.Eccentricity += periodics.Eccentricity;
        var (sinI, cosI) = Math.SinCos(mean.Inclination);
        if (mean.Inclination >= LyddaneInclination)
        {
            double node = periodics.Node / sinI;
            mean.Pericenter += periodics.Pericenter - cosI * node;
            mean.Node += node;
            mean.MeanAnomaly += periodics.MeanLongitude;
            return;
        }
        // Lyddane 1963: through the components of the node's direction, which stay regular at the equator.
        var (sinNode, cosNode) = Math.SinCos(mean.Node);
        double alpha = sinI * sinNode + (periodics.Node * cosNode + periodics.Inclination * cosI * sinNode);
        double beta = sinI * cosNode + (-periodics.Node * sinNode + periodics.Inclination * cosI * cosNode);
        double before = mean.Node % Math.Tau;
        if (before < 0 && mode == Sgp4Mode.Afspc) before += Math.Tau;
        double longitude = mean.MeanAnomaly + mean.Pericenter + cosI * before + (periodics.MeanLongitude + periodics.Pericenter - periodics.Inclination * before * sinI);
        double after = Math.Atan2(alpha, beta);
        if (after < 0 && mode == Sgp4Mode.Afspc) after += Math.Tau;
        if (Math.Abs(before - after) > Math.PI) after += after < before ? Math.Tau : -Math.Tau;
        mean.Node = after;
        mean.MeanAnomaly += periodics.MeanLongitude;
        mean.Pericenter = longitude - mean.MeanAnomaly - cosI * after;
    }
}
