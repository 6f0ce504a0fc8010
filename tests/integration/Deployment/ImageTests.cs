using Asterisell.Engine.Deployment.Images;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Integration.Deployment;

/// <summary>The product's own image: what must be in it, what must not, and how its containers start and stop.</summary>
[Collection(BuiltImage.Tests)]
public sealed class ImageTests(BuiltImage image)
{
    private const string AllRun = "[ \"$(supervisorctl status | grep -c RUNNING)\" = 5 ] && /usr/lib/asterisell/health";

    [Fact]
    public async Task What_did_not_change_is_not_built_again()
    {
        Assert.Equal(OperationStatus.Succeeded, image.Result.Status);
        ImageBuilder builder = new(image.Connector, BuiltImage.Options);
        var progress = new BuiltImage.NoProgress();
        ImageBuildResult again = await builder.BuildAsync(image.Plan, progress, CancellationToken.None);
        Assert.Equal((OperationStatus.Unchanged, image.Result.ImageId), (again.Status, again.ImageId));
        Assert.DoesNotContain(progress.Steps, step => step.Contains("step ", StringComparison.Ordinal));

        ImageDetail found = (await image.Engine.Images.FindAsync(BuiltImage.Settings.Name, CancellationToken.None))!;
        Assert.False(ImageLayout.FromLabels(found.Labels).HasTokuDb);
        Assert.Equal(again.SizeBytes, found.SizeBytes);
    }

    [Fact]
    public async Task A_step_that_fails_is_told_with_its_last_words_and_leaves_nothing()
    {
        ImagePlan plan = image.Plan with { Image = BuiltImage.Settings with { Name = "asterisell-test:broken", ExtraPackages = ["no-such-package"] } };
        var progress = new BuiltImage.NoProgress();
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(
            () => new ImageBuilder(image.Connector, BuiltImage.Options).BuildAsync(plan, progress, CancellationToken.None));
        Assert.Equal(nameof(ImageErrors.ImageBuildFailed), error.ErrorId);
        Assert.Matches(@"failed in step \d+/\d+ \(RUN /tmp/asterisell-build/install-packages\)", error.Reason);
        Assert.Contains("Installing 1 packages: no-such-package", error.Reason, StringComparison.Ordinal);
        Assert.Contains(progress.Steps, step => step.Contains("install-packages", StringComparison.Ordinal));
        Assert.Null(await image.Engine.Images.FindAsync(plan.Name, CancellationToken.None));

        // The container of a step runs an image without a name; those of other tests, which come and go meanwhile, have one.
        IReadOnlyList<ContainerSummary> containers = await image.Engine.Containers.ListAsync(new ContainerFilter(), CancellationToken.None);
        Assert.All(containers, container => Assert.Matches(@"^(?!sha256:).+:", container.Image));
    }

    [Fact]
    public async Task A_base_that_is_not_to_be_had_is_said()
    {
        ImagePlan plan = image.Plan with { Image = BuiltImage.Settings with { Base = "127.0.0.1:1/no/such:image" } };
        AsterisellException error = await Assert.ThrowsAsync<AsterisellException>(
            () => new ImageBuilder(image.Connector, BuiltImage.Options).BuildAsync(plan, new BuiltImage.NoProgress(), CancellationToken.None));
        Assert.Equal(nameof(ImageErrors.BaseImageNotFound), error.ErrorId);
    }

    [Fact]
    public async Task A_Dockerfile_of_ones_own_is_built_with_its_folder()
    {
        string folder = Directory.CreateTempSubdirectory("own-image").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "Dockerfile"), "FROM asterisell-lab:light\nCOPY sub/file /own\nLABEL org.asterisell.tokudb=true\n");
            Directory.CreateDirectory(Path.Combine(folder, "sub"));
            await File.WriteAllTextAsync(Path.Combine(folder, "sub/file"), "mine\n");
            ImagePlan plan = image.Plan with { Image = new ImageSettings { Name = "asterisell-test:own", Dockerfile = Path.Combine(folder, "Dockerfile") } };
            ImageBuilder builder = new(image.Connector, BuiltImage.Options);
            Assert.Equal(OperationStatus.Succeeded, (await builder.BuildAsync(plan, new BuiltImage.NoProgress(), CancellationToken.None)).Status);
            Assert.Equal(OperationStatus.Unchanged, (await builder.BuildAsync(plan, new BuiltImage.NoProgress(), CancellationToken.None)).Status);
            ImageDetail found = (await image.Engine.Images.FindAsync(plan.Name, CancellationToken.None))!;
            Assert.True(ImageLayout.FromLabels(found.Labels).HasTokuDb);
            await image.Engine.Images.RemoveAsync(plan.Name, force: true, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task No_key_no_password_and_no_database_is_in_the_image()
    {
        await using Docker.LightContainer bare = await Docker.LightContainer.StartAsync(
            image.Lab.Local, BuiltImage.Settings.Name, "sleep", "infinity");
        (_, string keys, _) = await bare.RunAsync("find", "/etc/ssh", "/root", "/etc/pki", "-type", "f", "(", "-name", "*_key*", "-o", "-name", "authorized_keys", "-o", "-name", "*.pem", ")");
        Assert.Equal("", keys);
        (_, string passwords, _) = await bare.RunAsync("awk", "-F:", "$2 !~ /^[*!]/ { print $1 }", "/etc/shadow");
        Assert.Equal("", passwords);
        (_, string data, _) = await bare.RunAsync("find", "/var/lib/mysql", "/etc/mysql/debian.cnf", "/root/.my.cnf", "-mindepth", "1");
        Assert.Equal("", data);
        (_, string group, _) = await bare.RunAsync("find", "/etc", "/usr/lib/asterisell", "-perm", "/022", "-type", "f");
        Assert.Equal("", group);
    }

    [Fact]
    public async Task All_services_run_and_each_container_has_host_keys_of_its_own()
    {
        string one = await image.StartAsync();
        string two = await image.StartAsync();
        await image.WaitAsync(one, AllRun);
        await image.WaitAsync(two, AllRun);
        Assert.Equal((0, "1\n"), await image.RunAsync(one, "mariadb --batch --skip-column-names --execute 'SELECT 1'"));
        Assert.NotEqual(await KeysAsync(one), await KeysAsync(two));

        (int refused, _) = await image.RunAsync(one, "setpriv --reuid apache --regid apache --clear-groups mariadb --user=root --execute 'SELECT 1' 2>/dev/null");
        Assert.NotEqual(0, refused);
        string before = await KeysAsync(one);
        await image.Engine.RestartContainerAsync(one, TimeSpan.FromMinutes(2), CancellationToken.None);
        await image.WaitAsync(one, AllRun);
        Assert.Equal(before, await KeysAsync(one));
    }

    [Fact]
    public async Task Docker_stop_ends_a_busy_database_cleanly()
    {
        string name = await image.StartAsync();
        await image.WaitAsync(name, AllRun);
        (int made, string why) = await image.RunAsync(
            name,
            "mariadb --execute 'CREATE DATABASE busy; CREATE TABLE busy.t (id INT AUTO_INCREMENT PRIMARY KEY, x CHAR(200)); INSERT INTO busy.t (x) SELECT seq FROM busy.seq_1_to_200000' "
            + "&& (setsid mariadb --execute 'UPDATE busy.t SET x = CONCAT(id, \"-\"); COMMIT; SELECT SLEEP(30)' >/dev/null 2>&1 &)");
        Assert.True(made == 0, why);
        await image.Engine.StopContainerAsync(name, TimeSpan.FromMinutes(3), CancellationToken.None);
        ContainerDetail stopped = (await image.Engine.FindContainerAsync(name, CancellationToken.None))!;
        Assert.Equal(0, stopped.ExitCode);

        await image.Engine.StartContainerAsync(name, CancellationToken.None);
        await image.WaitAsync(name, AllRun);
        (_, string log) = await image.RunAsync(name, "cat /var/log/mysqld.log");
        Assert.Contains("Shutdown complete", log, StringComparison.Ordinal);
        Assert.DoesNotContain("crash recovery", log, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((0, "200000\n"), await image.RunAsync(name, "mariadb --batch --skip-column-names --execute 'SELECT COUNT(*) FROM busy.t'"));
    }

    [Fact]
    public async Task A_first_start_that_was_interrupted_is_begun_again_and_strange_files_are_left_alone()
    {
        string name = await image.StartAsync();
        await image.WaitAsync(name, AllRun);
        (int stopped, string why) = await image.RunAsync(
            name,
            "set -e; cd /var/lib/mysql; supervisorctl stop mysql >/dev/null; rm -rf mysql performance_schema; touch .asterisell-unfinished half; supervisorctl start mysql >/dev/null");
        Assert.True(stopped == 0, why);
        await image.WaitAsync(name, AllRun);
        (_, string left) = await image.RunAsync(name, "ls -A /var/lib/mysql | grep -c 'unfinished\\|half'");
        Assert.Equal("0\n", left);

        (int refused, _) = await image.RunAsync(
            name, "cd /var/lib/mysql; supervisorctl stop mysql >/dev/null; mv mysql mysql.lost; /usr/lib/asterisell/database; code=$?; [ -e mysql.lost ] && [ ! -e mysql ] && exit $code");
        Assert.Equal(1, refused);
    }

    private async Task<string> KeysAsync(string container) =>
        (await image.RunAsync(container, "cat /etc/ssh/ssh_host_*_key.pub | cut -d' ' -f1,2")).Output;
}
