namespace SsaShare.Orbits;

/// <summary>One line of a table of Earth orientation, at 0h UTC, in the units that the IERS publishes.</summary>
/// <param name="Mjd">Modified Julian date, from 41,317 (1972) on.</param>
/// <param name="PoleXArcseconds">Polar motion x.</param>
/// <param name="PoleYArcseconds">Polar motion y.</param>
/// <param name="Ut1MinusUtcSeconds">UT1-UTC.</param>
/// <param name="OffsetXArcseconds">Celestial pole offset dX (IAU 2006/2000A).</param>
/// <param name="OffsetYArcseconds">Celestial pole offset dY.</param>
/// <param name="IsPredicted">Not measured, but forecast by the IERS.</param>
internal readonly record struct OrientationDay(
    int Mjd, double PoleXArcseconds, double PoleYArcseconds, double Ut1MinusUtcSeconds, double OffsetXArcseconds, double OffsetYArcseconds, bool IsPredicted);
