using SsaShare.Domain;

namespace SsaShare.Orbits;

public sealed partial class EarthRotation
{
    /// <summary>The state in another frame: GCRF, ITRF or TEME. TEME goes over ITRF, with sidereal time of 1982 and the measured orientation.</summary>
    /// <remarks>
    /// In TEME the velocity is relative to the stars, in ITRF to the rotating Earth. Positions agree with published vectors of TEME to 2 cm in low orbit;
    /// without measured orientation see <see cref="Fk5.TemeToGcrf(CartesianState, NutationOffsets?)"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">No such frame.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover the instant.</exception>
    public CartesianState To(CartesianState state, Frame frame)
    {
        if (state.Frame == frame) return state;
        return (state.Frame, frame) switch
        {
            (Frame.Gcrf, Frame.Itrf) => ToItrf(state),
            (Frame.Itrf, Frame.Gcrf) => ToGcrf(state),
            (Frame.Teme, Frame.Itrf) => TemeToItrf(state),
            (Frame.Itrf, Frame.Teme) => ItrfToTeme(state),
            (Frame.Teme, Frame.Gcrf) => ToGcrf(TemeToItrf(state)),
            (Frame.Gcrf, Frame.Teme) => ItrfToTeme(ToItrf(state)),
            _ => throw new ArgumentException($"There is no way from {state.Frame} to {frame}.", nameof(frame)),
        };
    }

    /// <summary>The turn from TEME to ITRF and its rate.</summary>
    private (Matrix3 TemeToItrf, Vector3d AngularVelocityRadPerS) TemeAttitude(Epoch epoch)
    {
        var orientation = OrientationAt(epoch);
        var polarMotion = PolarMotion(epoch, orientation);
        var turn = Matrix3.RotationZ(Fk5.MeanSiderealTimeRad(epoch, orientation.Ut1MinusTaiSeconds));
        return (polarMotion * turn, polarMotion * new Vector3d(0, 0, Rate(orientation)));
    }

    private CartesianState TemeToItrf(CartesianState state)
    {
        var (turn, spin) = TemeAttitude(state.Epoch);
        var position = turn * state.PositionKm;
        return new CartesianState(state.Epoch, Frame.Itrf, position, turn * state.VelocityKmPerS - spin.Cross(position));
    }

    private CartesianState ItrfToTeme(CartesianState state)
    {
        var (turn, spin) = TemeAttitude(state.Epoch);
        var velocity = state.VelocityKmPerS + spin.Cross(state.PositionKm);
        return new CartesianState(state.Epoch, Frame.Teme, turn.TransposedTimes(state.PositionKm), turn.TransposedTimes(velocity));
    }
}
