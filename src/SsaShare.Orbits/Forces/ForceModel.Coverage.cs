using SsaShare.Domain;

namespace SsaShare.Orbits;

public sealed partial class ForceModel
{
    /// <summary>Which table has no answer for the instant, in words; null where all have.</summary>
    internal string? MissingData(Epoch epoch)
    {
        if (!_rotation.Orientation.Covers(epoch)) return "the table of Earth orientation";
        if ((_options.SunAndMoon || _options.Surface) && !(_bodies.Covers(CelestialBody.Sun, epoch) && _bodies.Covers(CelestialBody.Moon, epoch)))
            return "the ephemeris of Sun and Moon";
        return _options.Surface && !_drag.Covers(epoch) ? "the atmosphere's space weather" : null;
    }
}
