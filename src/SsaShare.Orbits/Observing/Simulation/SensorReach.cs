namespace SsaShare.Orbits;

/// <summary>How far a sensor sees an object of a size, and in what light.</summary>
public abstract record SensorReach
{
    private SensorReach() { }

    /// <summary>A radar, by the radar equation: the fourth power of the range goes with the cross-section, that with the square of the diameter.</summary>
    /// <param name="OneMetreRangeKm">How far it sees a sphere of 1 m.</param>
    /// <param name="RangeMaxKm">Beyond which it does not listen.</param>
    /// <remarks>Skolnik, Introduction to Radar Systems (2001), section 1.2. Spheres smaller than the wavelength, which reflect less, are left out.</remarks>
    public sealed record Radar(double OneMetreRangeKm, double RangeMaxKm) : SensorReach
    {
        /// <summary>How far it sees a sphere, km.</summary>
        public double RangeKm(double diameterM) => Math.Min(RangeMaxKm, OneMetreRangeKm * Math.Sqrt(diameterM));
    }

    /// <summary>A telescope: the object must be in sunlight and bright enough, and a ground site in the dark.</summary>
    /// <param name="MagnitudeLimit">Faintest magnitude, 0.5 µm, air left out.</param>
    /// <param name="RangeMinKm">Nearer objects move too fast for it.</param>
    /// <param name="SunElevationMaxRad">Of a ground site: the Sun is at most so high. Default -12°, nautical dusk.</param>
    /// <param name="SunExclusionRad">Least angle between object and Sun. Default 30°.</param>
    public sealed record Telescope(double MagnitudeLimit, double RangeMinKm = 0, double SunElevationMaxRad = -12 * Math.PI / 180, double SunExclusionRad = Math.PI / 6) : SensorReach
    {
        private const double SunMagnitude = -26.74, MetresPerKm = 1_000;

        /// <summary>Magnitude of a sphere that scatters light by Lambert's law.</summary>
        /// <param name="diameterM">Of the sphere, m.</param>
        /// <param name="albedo">Share of light scattered.</param>
        /// <param name="rangeKm">To the observer.</param>
        /// <param name="phaseRad">At the object, between Sun and observer: 0 where it is full.</param>
        /// <remarks>Hejduk, Specular and Diffuse Components in Spherical Satellite Photometric Modeling, AMOS 2011.</remarks>
        public static double Magnitude(double diameterM, double albedo, double rangeKm, double phaseRad)
        {
            var (sine, cosine) = Math.SinCos(phaseRad);
            double area = Math.PI / 4 * diameterM * diameterM, range = rangeKm * MetresPerKm;
            return SunMagnitude - 2.5 * Math.Log10(2 / (3 * Math.PI * Math.PI) * albedo * area / (range * range) * (sine + (Math.PI - phaseRad) * cosine));
        }
    }
}
