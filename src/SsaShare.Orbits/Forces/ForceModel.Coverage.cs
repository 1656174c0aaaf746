using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

public sealed partial class ForceModel
{
    /// <summary>From this error of the Moon on, orbits are told of it: a published ephemeris has it to metres.</summary>
    private const double MoonErrorToTellKm = 1;

    private bool NeedsSun => _options.SunAndMoon || _options.Surface;

    private bool NeedsMoon => _options.SunAndMoon || HasSharpShadow || _moonGravity is not null;

    /// <summary>What a user has to know of the tables that these forces rest on in a span of time, a sentence each with the loss in metres: Earth orientation, atmosphere, Sun and Moon.</summary>
    /// <param name="from">First instant used.</param>
    /// <param name="to">Last instant used.</param>
    /// <param name="withDrag">Whether the object meets drag: false where its ballistic coefficient is 0.</param>
    /// <returns>Empty where all that is used was measured; nothing of forces that <see cref="ForceModelOptions"/> leave out.</returns>
    public IReadOnlyList<string> Warnings(Epoch from, Epoch to, bool withDrag = true)
    {
        var told = new List<string>();
        if (_rotation.Orientation.Warning(from, to) is { } orientation) told.Add(orientation);
        if (HasSurfaceForces && withDrag && _drag.Warning(from, to) is { } air) told.Add(air);
        if ((_options.SunAndMoon || _moonGravity is not null) && _bodies.ErrorKm(CelestialBody.Moon) is > MoonErrorToTellKm and var moonErrorKm) told.Add(OfSeries(moonErrorKm));
        return told;
    }

    /// <summary>Which table has no answer for the instant, in words; null where all that the forces ask have.</summary>
    internal string? MissingData(Epoch epoch)
    {
        if (!_rotation.Orientation.Covers(epoch)) return "the table of Earth orientation";
        if ((NeedsSun && !_bodies.Covers(CelestialBody.Sun, epoch)) || (NeedsMoon && !_bodies.Covers(CelestialBody.Moon, epoch))) return "the ephemeris of Sun and Moon";
        if (_planets is not null && !_planets.Covers(epoch)) return "the ephemeris of the planets";
        return _options.Surface && !_drag.Covers(epoch) ? "the atmosphere's space weather" : null;
    }

    /// <remarks>In metres: by the error that <see cref="AnalyticSolarSystem"/> has, measured against DE430 (ForceModelWarningTests: 0.3 and 33 m).</remarks>
    private static string OfSeries(double moonErrorKm) => string.Create(CultureInfo.InvariantCulture,
        $"Sun and Moon are placed by short series, the Moon up to {moonErrorKm:F0} km off. Orbits err along their track by up to 1 m in low orbit and 40 m in geostationary orbit after one day. Load an ephemeris (DE430 or newer).");
}
