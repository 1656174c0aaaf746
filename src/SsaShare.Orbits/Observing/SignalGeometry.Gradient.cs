using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Derivatives of the light time equations.</summary>
internal readonly partial struct SignalGeometry
{
    /// <summary>Derivatives of one figure by what the geometry gives, taken as if each were free.</summary>
    /// <param name="Up">By <see cref="SignalGeometry.Up"/>, and so on.</param>
    /// <param name="ObserverVelocity">By the observer's velocity, beyond what it does to the others.</param>
    public readonly record struct Gradient(Vector3d Up, Vector3d UpMotion, Vector3d Down, Vector3d DownMotion, double Received = 0, Vector3d ObserverVelocity = default);

    /// <summary>Derivatives of a figure by the states at the time tag: the light time equations differentiated, backwards from the figure.</summary>
    /// <param name="of">The figure's own derivatives.</param>
    /// <param name="byObject">Empty, or 6: by the object's position and velocity.</param>
    /// <param name="byObserver">Empty, or 6: by the observer's.</param>
    public void PullBack(in Gradient of, Span<double> byObject, Span<double> byObserver)
    {
        Vector3d byPosition = of.Up + of.Down, byMotion = of.UpMotion + of.DownMotion, bySent = -of.Up, byReceived = -of.Down;
        Vector3d sentVelocity = Velocity - UpMotion, receivedVelocity = Velocity - DownMotion;
        double bySentTime = -of.Up.Dot(sentVelocity) - of.UpMotion.Dot(_observer.Acceleration);
        double byReceivedTime = of.Received - of.Down.Dot(receivedVelocity) - of.DownMotion.Dot(_observer.Acceleration);
        double byBounce = byPosition.Dot(Velocity) + byMotion.Dot(_object.Acceleration(Bounce)) + bySentTime + byReceivedTime;
        // By the changes of the two distances at fixed times, which move the instants.
        double alongUp = 0, alongDown = 0;
        Vector3d up = Up.Unit(), down = Down.Unit();
        if (_path != SignalPath.Instant)
        {
            alongUp = -bySentTime / (LightSpeedKmPerS - up.Dot(sentVelocity));
            alongDown = byReceivedTime / (LightSpeedKmPerS + down.Dot(receivedVelocity));
            byBounce += alongUp * up.Dot(UpMotion) + alongDown * down.Dot(DownMotion);
        }
        Vector3d carried = _path == SignalPath.Instant ? DownMotion : Velocity;
        if (_tag == TimeTag.AtTransmission) alongUp += byBounce / (LightSpeedKmPerS - up.Dot(carried));
        if (_tag == TimeTag.AtReception) alongDown -= byBounce / (LightSpeedKmPerS + down.Dot(carried));
        byPosition += alongUp * up + alongDown * down;
        bySent -= alongUp * up;
        byReceived -= alongDown * down;
        if (!byObject.IsEmpty)
        {
            var (position, velocity) = _object.PullBack(Bounce, byPosition, byMotion);
            Write(byObject, position, velocity);
        }
        if (!byObserver.IsEmpty) Write(byObserver, bySent + byReceived, Sent * bySent + Received * byReceived - byMotion + of.ObserverVelocity);
    }

    private static void Write(Span<double> target, Vector3d position, Vector3d velocity)
    {
        (target[0], target[1], target[2]) = (position.X, position.Y, position.Z);
        (target[3], target[4], target[5]) = (velocity.X, velocity.Y, velocity.Z);
    }
}
