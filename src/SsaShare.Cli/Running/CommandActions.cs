using System.CommandLine;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.Extensions.Options;
using SsaShare.Signing;
using SsaShare.Storage;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>Runs what a command does, and turns what goes wrong into one clear line and an exit code.</summary>
internal static class CommandActions
{
    public static T Does<T>(this T command, Func<ParseResult, CancellationToken, Task<int>> action)
        where T : Command
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (RpcException e)
            {
                string detail = e.Status.Detail.Length > 0 ? e.Status.Detail : $"The call failed: {e.StatusCode}.";
                return Fail(e.StatusCode == StatusCode.Unavailable ? $"{detail.TrimEnd('.')}. Is the node running? Start it with: ssa node run --dir FOLDER" : detail, ExitCodes.Of(e.StatusCode));
            }
            catch (VerificationFailedException e)
            {
                return Fail(e.Message, ExitCodes.VerificationFailed);
            }
            catch (TileSourceException e)
            {
                return Fail(e.Message, e.IsRefused ? ExitCodes.Authentication : ExitCodes.Unavailable);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return Fail(e.Message, ExitCodes.NotFound);
            }
            catch (FormatException e)
            {
                return Fail(e.Message, ExitCodes.Usage);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or KeyFileException
                or InvalidOperationException or SocketException or OptionsValidationException or PrivateClusterException or Npgsql.NpgsqlException)
            {
                return Fail(e.Message, ExitCodes.Failure);
            }
        });
        return command;
    }

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"ssa: {message}");
        return exitCode;
    }
}

/// <summary>Something that was to be verified does not hold.</summary>
internal sealed class VerificationFailedException(string message) : Exception(message);
