namespace SsaShare.Orbits;

/// <summary>How the Earth is turned at one instant, beyond what theory predicts.</summary>
/// <param name="PoleXRad">Polar motion x.</param>
/// <param name="PoleYRad">Polar motion y.</param>
/// <param name="Ut1MinusTaiSeconds">UT1-TAI: unlike UT1-UTC it has no steps.</param>
/// <param name="ExcessDaySeconds">Length of day beyond 86,400 s.</param>
/// <param name="PoleOffsetXRad">Celestial pole offset dX with respect to IAU 2006/2000A.</param>
/// <param name="PoleOffsetYRad">Celestial pole offset dY with respect to IAU 2006/2000A.</param>
public readonly record struct EarthOrientationValues(
    double PoleXRad, double PoleYRad, double Ut1MinusTaiSeconds, double ExcessDaySeconds, double PoleOffsetXRad, double PoleOffsetYRad);
