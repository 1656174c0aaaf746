namespace SsaShare.Orbits;

/// <summary>Time of flight as a function of Izzo's x, with its derivatives.</summary>
/// <remarks>D. Izzo, Revisiting Lambert's problem, Celestial Mechanics and Dynamical Astronomy 121 (2015) 1-15, equations 18 to 22; x above 1 is a hyperbola, 1 the parabola.</remarks>
internal readonly struct LambertTime(double lambda)
{
    private const double NearParabola = 0.01, Middle = 0.2;

    public double OfMinimumEnergy => Math.Acos(lambda) + lambda * Math.Sqrt(1 - lambda * lambda);

    public double OfParabola => 2.0 / 3 * (1 - lambda * lambda * lambda);

    /// <summary>Time in units of the square root of s³/2μ, revolutions included.</summary>
    public double At(double x, int revolutions)
    {
        double distance = Math.Abs(x - 1);
        if (distance < NearParabola && revolutions == 0) return Battin(x);
        if (distance is < Middle and > NearParabola) return Lagrange(x, revolutions);
        // Lancaster and Blanchard, which loses no digits away from the parabola.
        double e = x * x - 1, z = Math.Sqrt(1 + lambda * lambda * e), y = Math.Sqrt(Math.Abs(e)), g = x * z - lambda * e;
        double d = e < 0 ? revolutions * Math.PI + Math.Acos(Math.Clamp(g, -1, 1)) : Math.Log(y * (z - lambda * x) + g);
        return (x - lambda * z - d / y) / e;
    }

    /// <summary>First three derivatives by x, given the time at x.</summary>
    public (double First, double Second, double Third) Derivatives(double x, double time)
    {
        double l2 = lambda * lambda, l3 = l2 * lambda, rest = 1 - x * x, y = Math.Sqrt(1 - l2 * rest), y2 = y * y, y3 = y2 * y;
        double first = (3 * time * x - 2 + 2 * l3 * x / y) / rest;
        double second = (3 * time + 5 * x * first + 2 * (1 - l2) * l3 / y3) / rest;
        double third = (7 * x * second + 8 * first - 6 * (1 - l2) * l2 * l3 * x / (y3 * y2)) / rest;
        return (first, second, third);
    }

    private double Lagrange(double x, int revolutions)
    {
        double a = 1 / (1 - x * x), sign = lambda < 0 ? -1 : 1;
        if (a > 0)
        {
            double alpha = 2 * Math.Acos(x), beta = sign * 2 * Math.Asin(Math.Sqrt(lambda * lambda / a));
            return a * Math.Sqrt(a) * (alpha - Math.Sin(alpha) - (beta - Math.Sin(beta)) + Math.Tau * revolutions) / 2;
        }
        double over = 2 * Math.Acosh(x), under = sign * 2 * Math.Asinh(Math.Sqrt(-lambda * lambda / a));
        return -a * Math.Sqrt(-a) * (under - Math.Sinh(under) - (over - Math.Sinh(over))) / 2;
    }

    private double Battin(double x)
    {
        double z = Math.Sqrt(1 + lambda * lambda * (x * x - 1)), eta = z - lambda * x, s = 0.5 * (1 - lambda - x * eta);
        // Gauss's hypergeometric series F(3, 1; 5/2; s).
        double sum = 1, term = 1;
        for (int j = 0; j < 500 && Math.Abs(term) > 1e-16; j++)
        {
            term *= (3 + j) * (1 + j) / (2.5 + j) * s / (j + 1);
            sum += term;
        }
        return (eta * eta * eta * 4.0 / 3 * sum + 4 * lambda * eta) / 2;
    }
}
