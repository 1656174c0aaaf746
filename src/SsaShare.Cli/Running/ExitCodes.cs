using Grpc.Core;

namespace SsaShare.Cli;

/// <summary>What the program ends with. Scripts rely on them: none changes its meaning.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Authentication = 4;
    public const int RefusedByPolicy = 5;
    public const int VerificationFailed = 6;
    public const int Unavailable = 7;
    public const int Interrupted = 130;

    public static int Of(StatusCode status) => status switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange => Usage,
        StatusCode.NotFound => NotFound,
        StatusCode.Unauthenticated => Authentication,
        StatusCode.PermissionDenied or StatusCode.FailedPrecondition or StatusCode.AlreadyExists => RefusedByPolicy,
        StatusCode.Unavailable or StatusCode.DeadlineExceeded => Unavailable,
        _ => Failure,
    };
}
